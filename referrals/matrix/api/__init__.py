"""The matrix's endpoints, for those who refer and, where a result reached them, the Home Office."""
