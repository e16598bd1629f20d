"""Practice: a coordinator proposes what is set beside the law, a second person decides, and on its day it holds."""
