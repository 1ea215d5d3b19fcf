"""What the numbers mean: the lake, its models, the metrics, and the one function that reads them."""
