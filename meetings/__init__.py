"""The groups' meetings, Örat mot marken, decisions and action points. The room is kept for them; nothing lives here yet."""
