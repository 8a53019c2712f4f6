"""What is measured about a shipped model over its held-out split, once, offline.

    model + held-out pictures --> trust, channels, edges, shift, moments  (figures)
                              --> looks                                   (pictures and figures)
        --> models/ID/studies.json, models/ID/looks/*.webp

`python -m app.training.study ID --data DIR [--part trust,channels,looks,edges,shift,moments]`
Every file here is one part: a function from a `Held` to what app.zoo.studies describes.
"""
