"""Rules of the house, each written once as a test that reads the code or asks the application."""
