"""The meaning of the rule language: pure functions over the model, one module a step."""
