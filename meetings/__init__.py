"""The groups' meetings: series, agendas, minutes, decisions, action points, Örat mot marken, calendars."""
