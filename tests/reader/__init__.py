"""What the tests of the reader share: a headless browser, and scripts that draw pictures and count hits."""
