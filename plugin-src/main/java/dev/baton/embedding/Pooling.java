package dev.baton.embedding;

import java.nio.FloatBuffer;

/**
 * Makes one vector of the vectors of a text's tokens. Input {@code [sequence × dimension]},
 * row-major, and a mask {@code [sequence]} that is true where there is a token; output {@code
 * [dimension]}, not normalised. O(sequence × dimension). Thread-safe.
 */
public enum Pooling {
  /** The vector of the first token that the mask shows: the one that BERT calls CLS. */
  CLS {
    @Override
    public float[] pool(FloatBuffer states, boolean[] mask) {
      int dimension = dimension(states, mask);
      for (int token = 0; token < mask.length; token++) {
        if (mask[token]) {
          float[] vector = new float[dimension];
          states.get(states.position() + token * dimension, vector);
          return vector;
        }
      }
      throw new IllegalArgumentException("the mask shows no token");
    }
  },

  /** The mean of the vectors that the mask shows (Reimers and Gurevych 2019, sec. 3). */
  MEAN {
    @Override
    public float[] pool(FloatBuffer states, boolean[] mask) {
      int dimension = dimension(states, mask);
      float[] vector = new float[dimension];
      int tokens = 0;
      for (int token = 0; token < mask.length; token++) {
        if (mask[token]) {
          tokens++;
          for (int i = 0; i < dimension; i++) {
            vector[i] += states.get(states.position() + token * dimension + i);
          }
        }
      }
      if (tokens == 0) {
        throw new IllegalArgumentException("the mask shows no token");
      }
      for (int i = 0; i < dimension; i++) {
        vector[i] /= tokens;
      }
      return vector;
    }
  };

  /**
   * Pools.
   *
   * @throws IllegalArgumentException if the mask shows no token or does not fit the states
   */
  public abstract float[] pool(FloatBuffer states, boolean[] mask);

  private static int dimension(FloatBuffer states, boolean[] mask) {
    if (mask.length == 0 || states.remaining() % mask.length != 0) {
      throw new IllegalArgumentException(
          "%d numbers are no states of %d tokens".formatted(states.remaining(), mask.length));
    }
    return states.remaining() / mask.length;
  }
}
