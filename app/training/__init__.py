"""How each shipped model was made: packs in, weights and a card out."""
