"""The weekly digests: when one is due, which wins it holds, how it tells them."""
