"""The screens, one file each. They never import each other."""
