package dev.baton.tool;

/**
 * Logistic regression over unit vectors: multinomial where each text has one label, one regression
 * for each label where it may have several. Minimises the mean cross-entropy with {@code decay/2 ·
 * |W|²} by Nesterov's accelerated gradient; the problem is convex, so that no random choice
 * matters.
 *
 * @param weights {@code [width][labels]}
 * @param bias {@code [labels]}
 */
record LogisticRegression(double[][] weights, double[] bias, boolean multiLabel) {

  private static final int STEPS = 400;

  /** Above the curvature of the mean cross-entropy over vectors of length 1 and a constant. */
  private static final double CURVATURE = 1;

  /**
   * Fits the weights. O(steps × texts × width × labels).
   *
   * @param texts unit vectors {@code [texts][width]}
   * @param targets 1 where a text has a label, else 0, {@code [texts][labels]}
   */
  static LogisticRegression fit(
      float[][] texts, float[][] targets, boolean multiLabel, double decay) {
    int width = texts[0].length;
    int labels = targets[0].length;
    double[] mean = new double[width];
    for (float[] text : texts) {
      for (int i = 0; i < width; i++) {
        mean[i] += text[i] / texts.length;
      }
    }
    double[][] w = new double[width + 1][labels];
    double[][] ahead = new double[width + 1][labels];
    for (int step = 0; step < STEPS; step++) {
      double[][] gradient = gradient(texts, targets, mean, ahead, multiLabel, decay);
      double momentum = step / (step + 3.0);
      for (int i = 0; i <= width; i++) {
        for (int l = 0; l < labels; l++) {
          double next = ahead[i][l] - gradient[i][l] / (CURVATURE + decay);
          ahead[i][l] = next + momentum * (next - w[i][l]);
          w[i][l] = next;
        }
      }
    }
    double[][] weights = new double[width][];
    double[] bias = w[width].clone();
    for (int i = 0; i < width; i++) {
      weights[i] = w[i];
      for (int l = 0; l < labels; l++) {
        bias[l] -= mean[i] * w[i][l];
      }
    }
    return new LogisticRegression(weights, bias, multiLabel);
  }

  /** The vectors of an encoder lie close together: they are centred, which the bias makes good. */
  private static double[][] gradient(
      float[][] texts,
      float[][] targets,
      double[] mean,
      double[][] w,
      boolean multiLabel,
      double decay) {
    int width = mean.length;
    int labels = targets[0].length;
    double[][] gradient = new double[width + 1][labels];
    for (int n = 0; n < texts.length; n++) {
      double[] logits = w[width].clone();
      for (int i = 0; i < width; i++) {
        double x = texts[n][i] - mean[i];
        for (int l = 0; l < labels; l++) {
          logits[l] += x * w[i][l];
        }
      }
      double[] error = probabilities(logits, multiLabel);
      for (int l = 0; l < labels; l++) {
        error[l] = (error[l] - targets[n][l]) / texts.length;
        gradient[width][l] += error[l];
      }
      for (int i = 0; i < width; i++) {
        double x = texts[n][i] - mean[i];
        for (int l = 0; l < labels; l++) {
          gradient[i][l] += x * error[l];
        }
      }
    }
    for (int i = 0; i < width; i++) {
      for (int l = 0; l < labels; l++) {
        gradient[i][l] += decay * w[i][l];
      }
    }
    return gradient;
  }

  /** How probable each label of a text is. */
  double[] probabilities(float[] text) {
    double[] logits = bias.clone();
    for (int i = 0; i < text.length; i++) {
      for (int l = 0; l < logits.length; l++) {
        logits[l] += text[i] * weights[i][l];
      }
    }
    return probabilities(logits, multiLabel);
  }

  private static double[] probabilities(double[] logits, boolean multiLabel) {
    double max = 0;
    double sum = 0;
    for (double logit : logits) {
      max = Math.max(max, logit);
    }
    for (double logit : logits) {
      sum += Math.exp(logit - max);
    }
    double[] probabilities = new double[logits.length];
    for (int l = 0; l < logits.length; l++) {
      probabilities[l] =
          multiLabel ? 1 / (1 + Math.exp(-logits[l])) : Math.exp(logits[l] - max) / sum;
    }
    return probabilities;
  }

  /** The mean cross-entropy of texts, without the decay. */
  double loss(float[][] texts, float[][] targets) {
    double loss = 0;
    for (int n = 0; n < texts.length; n++) {
      double[] p = probabilities(texts[n]);
      for (int l = 0; l < p.length; l++) {
        double right = targets[n][l] == 1 ? p[l] : 1 - p[l];
        if (targets[n][l] == 1 || multiLabel) {
          loss -= Math.log(Math.max(right, 1e-12)) / texts.length;
        }
      }
    }
    return loss;
  }

  /** The weights, row-major. */
  float[] flatWeights() {
    float[] flat = new float[weights.length * bias.length];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = (float) weights[i / bias.length][i % bias.length];
    }
    return flat;
  }

  /** The bias. */
  float[] flatBias() {
    float[] flat = new float[bias.length];
    for (int l = 0; l < flat.length; l++) {
      flat[l] = (float) bias[l];
    }
    return flat;
  }
}
