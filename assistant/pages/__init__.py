"""The page modules: what a person sees. Nothing else in the project imports them, and they compute no answers."""

import os

# Gradio reports usage to its makers unless this is set before it is imported, and every module here imports this
# package first.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
