import Networks
import Tensors
import Testing

@Suite("Residual networks")
struct ResidualNetworkTests {
  /// 269,722 is the figure of the issue tracker and of the usual PyTorch programs; the others
  /// follow from adding 6 convolutions with their normalizations for every 12 layers.
  @Test(
    "parameters and activation sites",
    arguments: [
      (8, 75_290, 7), (20, 269_722, 19), (32, 464_154, 31), (44, 658_586, 43), (56, 853_018, 55),
    ])
  func counts(depth: Int, parameters: Int, sites: Int) {
    var stream = RandomStream(seed: 0, purpose: "test")
    let network = ResidualNetwork(depth: depth, channels: 3, classes: 10, stream: &stream)
    #expect(network.parameterCount == parameters)
    #expect(network.activationSites.count == sites)
  }
}
