"""ONNX: the first checks that people run, and ONNX Runtime."""

import numpy as np

from comparison import alone, case_in_single, cases, check, single_grid


def run():
    import onnx
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1

    def session(model):
        return onnxruntime.InferenceSession(
            model.SerializeToString(), options, providers=["CPUExecutionProvider"])

    def checked(path, shape):
        model = onnx.load(path)
        onnx.checker.check_model(model, full_check=True)
        inferred = onnx.shape_inference.infer_shapes(model, strict_mode=True, data_prop=True)
        for output in inferred.graph.output:
            extents = output.type.tensor_type.shape.dim
            check(f"onnx {output.name}: inferred shape",
                  [extent.dim_param or extent.dim_value for extent in extents] == shape)
        return model

    names = [case["name"] for case in cases]
    by_default = checked("onnx_all.onnx", ["N"])
    declared = checked("onnx_declared.onnx", [1, "N", 1])
    any_shape = onnx.load("onnx_any.onnx")
    check("onnx: all models have the same nodes",
          by_default.graph.node == declared.graph.node == any_shape.graph.node)
    check("onnx: the comment", cases[0]["formula"] in by_default.doc_string)
    for model, shape in (
        (by_default, (-1,)), (declared, (1, -1, 1)), (any_shape, (-1,)), (any_shape, (2, -1)),
    ):
        x = single_grid.reshape(shape)
        for case, y in zip(cases, session(model).run(names, {"x": x})):
            check(f"onnx {case['name']}: shape {y.shape}", y.shape == x.shape)
            case_in_single("onnx", case, (y.reshape(-1),))
    for case in alone:
        model = checked(f"onnx_{case['name']}.onnx", ["N"])
        case_in_single("onnx alone", case, session(model).run(None, {"x": single_grid}))
        empty = session(model).run(None, {"x": np.zeros(0, dtype=np.float32)})[0]
        check(f"onnx {case['name']}: no numbers", empty.shape == (0,))
    return {"onnx": onnx.__version__, "onnxruntime": onnxruntime.__version__}
