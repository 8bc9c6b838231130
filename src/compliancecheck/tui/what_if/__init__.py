"""What-if in the app: the ghost on the strip, and the nearest changes that turn a finding."""
