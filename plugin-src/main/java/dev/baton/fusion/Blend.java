package dev.baton.fusion;

/**
 * The convex combination of the channels. With L, V the lexical and vector scores and G what the
 * graph grants, all in [0, 1]:
 *
 * <pre>
 * own   = (lexical * L + vector * V) / (lexical + vector)
 * score = (1 - graph) * own + graph * max(own, G)
 *       = own + graph * max(0, G - own)
 * </pre>
 *
 * The graph can lift a document and never lowers one. With both weights of the first line 0, own is
 * 0 and the score is {@code graph * G}. After Bruch et al. (arXiv 2210.11934), who found that a
 * convex combination beats reciprocal rank fusion; the lift in place of a third summand is ours and
 * measured in docs/adr/0004.
 *
 * @param lexical weight in [0, 1]
 * @param vector weight in [0, 1]
 * @param graph weight in [0, 1]; not all three are 0
 */
public record Blend(double lexical, double vector, double graph) {

  /** What each channel adds to a score; they sum up to it. */
  public record Shares(double lexical, double vector, double graph) {

    /** The score. */
    public double sum() {
      return lexical + vector + graph;
    }
  }

  /** Refuses weights outside [0, 1] and three zeros. */
  public Blend {
    check("lexical", lexical);
    check("vector", vector);
    check("graph", graph);
    if (lexical == 0 && vector == 0 && graph == 0) {
      throw new IllegalArgumentException(
          "at least one of the weights lexical, vector and graph must be greater than 0");
    }
  }

  private static void check(String name, double weight) {
    if (!(weight >= 0 && weight <= 1)) {
      throw new IllegalArgumentException("weight." + name + " must be in [0, 1], got: " + weight);
    }
  }

  /** What the lexical and the vector score make without the graph, in [0, 1]. */
  public double own(double lexicalScore, double vectorScore) {
    return lexicalShare(lexicalScore) + vectorShare(vectorScore);
  }

  /** The score in [0, 1] of three channel scores in [0, 1]. */
  public double score(double lexicalScore, double vectorScore, double graphScore) {
    double own = own(lexicalScore, vectorScore);
    return own + lift(own, graphScore);
  }

  /** The parts of {@link #score}. */
  public Shares shares(double lexicalScore, double vectorScore, double graphScore) {
    double lexicalShare = lexicalShare(lexicalScore);
    double vectorShare = vectorShare(vectorScore);
    return new Shares(lexicalShare, vectorShare, lift(lexicalShare + vectorShare, graphScore));
  }

  private double lexicalShare(double score) {
    return lexical == 0 ? 0 : lexical / (lexical + vector) * score;
  }

  private double vectorShare(double score) {
    return vector == 0 ? 0 : vector / (lexical + vector) * score;
  }

  private double lift(double own, double graphScore) {
    return graph * Math.max(0, graphScore - own);
  }
}
