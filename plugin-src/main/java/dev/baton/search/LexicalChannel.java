package dev.baton.search;

import dev.baton.fusion.Saturation;
import java.util.Objects;
import org.apache.lucene.search.Query;

/** Scores documents by words: a Lucene query whose unbounded scores are saturated to [0, 1). */
public record LexicalChannel(Query query, Saturation saturation) {

  public LexicalChannel {
    Objects.requireNonNull(query);
    Objects.requireNonNull(saturation);
  }
}
