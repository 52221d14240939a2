"""What staff see of the bot in Discord."""
