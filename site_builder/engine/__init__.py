"""What runs a build: the serialization of values that are cached."""
