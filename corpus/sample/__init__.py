"""The sample documents: papers of an invented council, as readable sources and built PDFs."""
