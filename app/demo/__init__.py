"""The main job without a window: from the counter of a township to the county's list, papers and pictures."""
