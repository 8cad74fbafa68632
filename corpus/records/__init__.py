"""What papers record beside prose: findings, promises and figures, each with the places where it stands. Pure."""
