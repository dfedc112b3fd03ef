"""The groups' meetings, decisions and action points. The room is kept for them; nothing lives here yet."""
