"""Own documents: a folder of files beside the edition, stored, kept in step, searched and quoted."""
