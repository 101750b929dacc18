package dev.baton.search;

import dev.baton.fusion.Blend;
import dev.baton.fusion.Saturation;
import dev.baton.walk.Reached;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.search.Explanation;

/** Writes down, in the letters of {@link Blend}, how a document comes by its score. */
final class BlendExplanation {

  private static final String SUM = "blend, sum of:";

  private BlendExplanation() {}

  /**
   * @param vector empty where it does not count for the document
   */
  static Explanation of(
      float score,
      float boost,
      Blend blend,
      Origin origin,
      Optional<LexicalChannel> lexical,
      Explanation words,
      Optional<VectorChannel> vector,
      Optional<Explanation> passage,
      Optional<Ranks> ranks,
      int docId) {
    List<Explanation> channels = new ArrayList<>();
    double sum = blend.lexical() + blend.vector();
    if (lexical.isPresent() && blend.lexical() > 0) {
      channels.add(
          share(
              "lexical",
              origin.shares().lexical(),
              blend.lexical() / sum,
              ranks
                  .map(r ->
                      rankScore("L", origin.lexical(), r.lexicalPlace(docId), r, "words", words))
                  .orElseGet(
                      () -> wordScore(origin.lexical(), lexical.get().saturation(), words))));
    }
    if (blend.vector() > 0) {
      channels.add(
          share(
              "vector",
              origin.shares().vector(),
              blend.vector() / sum,
              vector
                  .map(channel -> vectorScore(origin, channel, passage, ranks, docId))
                  .orElseGet(() ->
                      Explanation.match(
                          0, "V, neither among the nearest nor among the best by words"))));
    }
    if (blend.graph() > 0) {
      double own = origin.shares().lexical() + origin.shares().vector();
      channels.add(
          Explanation.match(
              origin.shares().graph(),
              "graph share, computed as weight * lift from:",
              Explanation.match(blend.graph(), "weight"),
              Explanation.match(
                  Blend.lift(own, origin.graph()),
                  "lift, computed as max(0, min(1, G + " + Blend.ECHO + " * own) - own) from:",
                  Explanation.match(
                      origin.graph(),
                      "G, "
                          + origin
                              .reached()
                              .map(Reached::path)
                              .orElse("the graph leads elsewhere")),
                  Explanation.match(own, "own, the sum of the shares of words and vectors"))));
    }
    if (boost == 1) {
      return Explanation.match(score, SUM, channels);
    }
    return Explanation.match(
        score,
        "product of:",
        Explanation.match(boost, "boost"),
        Explanation.match(origin.shares().sum(), SUM, channels));
  }

  private static Explanation wordScore(double score, Saturation saturation, Explanation words) {
    return Explanation.match(
        score,
        "L, computed as s^e / (s^e + pivot^e) from:",
        words,
        Explanation.match(saturation.pivot(), "pivot"),
        Explanation.match(saturation.exponent(), "e, exponent"));
  }

  /**
   * @param because what the place is owed to; null for nothing to tell
   */
  private static Explanation rankScore(
      String letter,
      double score,
      Optional<Integer> place,
      Ranks ranks,
      String list,
      Explanation because) {
    int depth = ranks.scale().depth();
    if (place.isEmpty()) {
      return Explanation.match(score, letter + ", not among the best " + depth + " by " + list);
    }
    String among = "place among the best " + depth + " by " + list;
    return Explanation.match(
        score,
        letter + ", computed as (constant + 1) / (constant + rank) from:",
        because == null
            ? Explanation.match(place.get(), "rank, " + among)
            : Explanation.match(place.get(), "rank, computed as the " + among + " from:", because),
        Explanation.match(ranks.scale().constant(), "constant, rankConstant"));
  }

  private static Explanation vectorScore(
      Origin origin,
      VectorChannel vector,
      Optional<Explanation> passage,
      Optional<Ranks> ranks,
      int docId) {
    return ranks
        .map(r ->
            rankScore(
                "V",
                origin.vector(),
                r.vectorPlace(docId),
                r,
                "vectors, field " + vector.field(),
                passage.orElse(null)))
        .orElseGet(() -> vectorScore(origin.vector(), vector, passage));
  }

  private static Explanation vectorScore(
      double score, VectorChannel vector, Optional<Explanation> passage) {
    String from = "floor %s, field %s".formatted(vector.scale().floor(), vector.field());
    String formula = "max(0, (cosine - floor) / (1 - floor))";
    return passage.isEmpty()
        ? Explanation.match(score, "V = " + formula + ", with " + from)
        : Explanation.match(
            score,
            "V, computed as %s of the document or of its best passage, whichever is nearer, with %s, from:"
                .formatted(formula, from),
            passage.get());
  }

  private static Explanation share(
      String channel, double share, double weight, Explanation channelScore) {
    return Explanation.match(
        share,
        channel + " share, computed as weight * channel score from:",
        Explanation.match(weight, "weight, of lexical and vector together 1"),
        channelScore);
  }
}
