"""Page: what every page rests on: its frame, words, times, errors, and who sits in front. Shows nothing of a child."""
