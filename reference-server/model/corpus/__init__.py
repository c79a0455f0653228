"""The corpus: endless generated conversations. `document.generate(random)` makes one."""
