package dev.baton.tool;

import dev.baton.fusion.Blend;
import dev.baton.fusion.Saturation;

/**
 * What the channels say of one document for one question.
 *
 * @param id of the document
 * @param words the lexical score before its saturation, at least 0
 * @param vector in [0, 1]
 * @param graph in [0, 1]; 0 where the graph leads elsewhere
 */
record ChannelScores(String id, double words, double vector, double graph) {

  /** The score as Solr gives it. */
  float blended(Blend blend, Saturation saturation) {
    return (float) blend.score(saturation.apply(words), vector, graph);
  }
}
