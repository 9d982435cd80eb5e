extension Export {
  /// An ONNX model of single precision: input `x`, an output for each function, with its name and
  /// the shape of `x`.
  ///
  /// ONNX's checker asks for a declared shape, which fixes the number of dimensions; without one
  /// any will do, and ONNX Runtime runs such a model, too.
  ///
  /// Fields are numbered as in onnx.proto.
  var onnx: [UInt8] {
    var graph = ONNXGraph()
    for function in functions { graph.append(function.code.value, as: function.name) }
    var model = ProtobufMessage()
    model.add(1, ONNXGraph.version)  // ir_version
    model.add(2, "grafs-swift")  // producer_name
    model.add(3, origin.programVersion)  // producer_version
    model.add(6, (comment(for: .onnx) + [shapeSentence]).joined(separator: "\n"))  // doc_string
    model.add(7) { message in  // graph
      for (node, output) in graph.nodes {
        message.add(1) {  // node
          for input in node.inputs { $0.add(1, input) }
          $0.add(2, output)
          $0.add(4, node.operation)  // op_type
        }
      }
      message.add(2, functions[0].name)  // name
      for (value, name) in graph.constants {
        message.add(5) {  // initializer, a scalar: no dims
          $0.add(2, 1)  // data_type FLOAT
          $0.add(8, name)
          $0.add(9, value.littleEndianBytes)  // raw_data
        }
      }
      message.add(11, tensor(ONNXGraph.input))  // input
      for function in functions { message.add(12, tensor(function.name)) }  // output
    }
    model.add(8) { $0.add(2, ONNXGraph.operatorSet) }  // opset_import, version
    return model.bytes
  }

  private var shapeSentence: String {
    guard let shape else { return "Input x has any shape." }
    return "Input x has the shape [\(shape.joined(separator: ", "))]."
  }

  /// A ValueInfoProto: floats, of the declared shape if there is one.
  private func tensor(_ name: String) -> ProtobufMessage {
    var info = ProtobufMessage()
    info.add(1, name)
    info.add(2) { type in
      type.add(1) { tensor in  // tensor_type
        tensor.add(1, 1)  // elem_type FLOAT
        guard let shape else { return }
        tensor.add(2) { message in  // shape
          for extent in shape {
            message.add(1) { dimension in
              // dim_value, or dim_param, a name
              if let count = Int(extent) {
                dimension.add(1, count)
              } else {
                dimension.add(2, extent)
              }
            }
          }
        }
      }
    }
    return info
  }
}

extension Float {
  fileprivate var littleEndianBytes: [UInt8] {
    withUnsafeBytes(of: bitPattern.littleEndian) { Array($0) }
  }
}
