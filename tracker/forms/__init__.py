"""The form that a project manager without the program fills in: what it asks, what travels with it, what came back."""
