package dev.baton.search;

import dev.baton.fusion.Blend;
import dev.baton.walk.Reached;
import java.util.Optional;

/**
 * How a document comes by its score.
 *
 * @param lexical channel score in [0, 1)
 * @param vector channel score in [0, 1]
 * @param graph channel score in [0, 1]
 * @param shares what each adds to the score
 * @param reached why the graph leads to the document; empty where it does not
 * @param passage the document's nearest passage by vector, which counts in its score; empty where
 *     it has none, or vectors are off
 */
public record Origin(
    double lexical,
    double vector,
    double graph,
    Blend.Shares shares,
    Optional<Reached> reached,
    Optional<NearPassage> passage) {}
