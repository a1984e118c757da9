"""What training loops hand their vectors to. Each framework has its module, and is imported there only."""
