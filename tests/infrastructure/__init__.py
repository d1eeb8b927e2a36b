"""What the tests stand on: real databases, a made-up förbund, a client and a browser."""
