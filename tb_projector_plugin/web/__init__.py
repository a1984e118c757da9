"""What every route needs of HTTP: which requests are let in, what they bring, and what answers are made of."""
