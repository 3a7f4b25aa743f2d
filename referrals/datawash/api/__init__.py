"""The data-wash's endpoints. Lists are uploaded on the pages, as every file is."""
