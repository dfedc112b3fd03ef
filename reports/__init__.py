"""Reports: what they say, how they are drafted, issued, read and archived; and what the law asks for."""
