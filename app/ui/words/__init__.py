"""Every word and sentence a window shows that is not part of one window: labels, messages, dates."""
