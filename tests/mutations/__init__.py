"""Small changes of the code that the tests should see: `cd tests && python -m mutations`."""
