// Enhancements only: every form works without this file.
