package dev.baton.fusion;

/**
 * The convex combination of the channels. With L, V the lexical and vector scores and G what the
 * graph grants, all in [0, 1]:
 *
 * <pre>
 * own   = (lexical * L + vector * V) / (lexical + vector)
 * lift  = max(0, min(1, G + echo * own) - own)      echo = 0.1
 * score = own + graph * lift
 * </pre>
 *
 * The graph can lift a document and never lowers one. A tenth of what a reached document is worth
 * by itself orders those that the graph grants the same. With both weights of the first line 0, own
 * is 0 and the score is {@code graph * G}. After Bruch et al. (arXiv 2210.11934), who found that a
 * convex combination beats reciprocal rank fusion; the lift in place of a third summand is ours and
 * measured in docs/adr/0004.
 *
 * @param lexical weight in [0, 1]
 * @param vector weight in [0, 1]
 * @param graph weight in [0, 1]; not all three are 0
 */
public record Blend(double lexical, double vector, double graph) {

  /** How much of its own score a document adds to what the graph grants it. */
  public static final double ECHO = 0.1;

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
    return score(own(lexicalScore, vectorScore), graphScore);
  }

  /** The score in [0, 1] of what {@link #own} gives and the graph's score. */
  public double score(double own, double graphScore) {
    return own + graph * lift(own, graphScore);
  }

  /** The parts of {@link #score}. */
  public Shares shares(double lexicalScore, double vectorScore, double graphScore) {
    double lexicalShare = lexicalShare(lexicalScore);
    double vectorShare = vectorShare(vectorScore);
    return new Shares(
        lexicalShare, vectorShare, graph * lift(lexicalShare + vectorShare, graphScore));
  }

  private double lexicalShare(double score) {
    return lexical == 0 ? 0 : lexical / (lexical + vector) * score;
  }

  private double vectorShare(double score) {
    return vector == 0 ? 0 : vector / (lexical + vector) * score;
  }

  /** What of the graph's score a document of a score of its own can use, in [0, 1]. */
  public static double lift(double own, double graphScore) {
    return Math.max(0, Math.min(1, graphScore + ECHO * own) - own);
  }
}
