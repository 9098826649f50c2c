"""The windows of the register of persons."""
