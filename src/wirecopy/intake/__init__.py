"""Ways in: one file per way an agency sends its copy."""
