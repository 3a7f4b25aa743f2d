"""What has to be keyed by hand on CID or Atlas: flags and Allocated To."""
