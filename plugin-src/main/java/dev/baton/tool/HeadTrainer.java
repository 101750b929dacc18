package dev.baton.tool;

import dev.baton.onnx.HeadGraph;
import dev.baton.onnx.Product;
import dev.baton.onnx.TokenShape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Trains the head that {@link HeadGraph} describes, by AdamW on the mean cross-entropy of the
 * tokens, with dropout on features and inner layer. What is evaluated and shipped is the
 * exponential moving average of the weights. Products run in ONNX Runtime, the rest in Java. Not
 * thread-safe.
 */
final class HeadTrainer implements AutoCloseable {

  /**
   * How to train.
   *
   * @param inner width H of the inner layer
   * @param rate learning rate at the start, falling to 0 by the last epoch
   * @param featureDropout share of the features set to 0
   * @param innerDropout share of the inner layer set to 0
   * @param decay weight decay
   * @param seed of all random choices
   */
  record Plan(
      int inner,
      double rate,
      double featureDropout,
      double innerDropout,
      double decay,
      int epochs,
      int batchTokens,
      long seed) {}

  private static final double AVERAGE = 0.995;

  private final Plan plan;
  private final int width;
  private final int labels;
  private final Weights w;
  private final Weights v;
  private final Weights s;
  private final Weights b;
  private final Weights vb;
  private final Product forward = new Product(false, 2);
  private final Product backward = new Product(true, 2);
  private final SplittableRandom random;
  private int step;

  HeadTrainer(Plan plan, int width, int labels) {
    this.plan = plan;
    this.width = width;
    this.labels = labels;
    this.random = new SplittableRandom(plan.seed());
    int h = plan.inner();
    w = new Weights(width * 3 * h, Math.sqrt(2.0 / (3.0 * width)), random);
    s = new Weights(TokenShape.values().length * 3 * h, 0.1, random);
    b = new Weights(h, 0, random);
    v = new Weights(h * labels, Math.sqrt(1.0 / h), random);
    vb = new Weights(labels, 0, random);
  }

  /** One pass over the examples in random order; the mean loss. */
  double epoch(int number, List<NerExample> examples) {
    int[] order = shuffled(examples.size());
    double loss = 0;
    int batches = 0;
    for (int from = 0; from < order.length; ) {
      int to = from;
      int rows = 0;
      while (to < order.length
          && (to == from || rows + examples.get(order[to]).length() <= plan.batchTokens())) {
        rows += examples.get(order[to++]).length();
      }
      List<NerExample> batch = Arrays.stream(order, from, to).mapToObj(examples::get).toList();
      double done = (number + (double) from / order.length) / plan.epochs();
      loss += step(batch, rows, plan.rate() * (1 - done));
      batches++;
      from = to;
    }
    return loss / batches;
  }

  private double step(List<NerExample> batch, int rows, double rate) {
    int h = plan.inner();
    FloatBuffer x = features(batch, rows, plan.featureDropout());
    float[] z = forward.of(x.duplicate(), rows, width, direct(w.values), width);
    float[] inner = inner(batch, rows, z, s.values, b.values);
    float keep = (float) (1 / (1 - plan.innerDropout()));
    for (int i = 0; i < inner.length; i++) {
      inner[i] = random.nextDouble() < plan.innerDropout() ? 0 : inner[i] * keep;
    }
    float[] logits = logits(inner, v.values, vb.values);

    int counted = 0;
    for (NerExample example : batch) {
      counted += (int) Arrays.stream(example.labels()).filter(l -> l >= 0).count();
    }
    double loss = 0;
    float[] dInner = new float[rows * h];
    float[] dz = new float[rows * 3 * h];
    int row = 0;
    for (NerExample example : batch) {
      for (int i = 0; i < example.length(); i++, row++) {
        if (example.labels()[i] >= 0) {
          loss += backwardOuter(row, example.labels()[i], inner, logits, dInner, counted, keep);
        }
      }
    }
    spread(batch, dInner, dz);
    float[] dw = backward.of(x, rows, width, direct(dz), rows);
    step++;
    w.update(dw, rate, plan.decay(), step);
    v.update(v.gradient, rate, plan.decay(), step);
    s.update(s.gradient, rate, 0, step);
    b.update(b.gradient, rate, 0, step);
    vb.update(vb.gradient, rate, 0, step);
    return loss / counted;
  }

  /** Adds the gradients of one token in the outer layer; its loss. */
  private double backwardOuter(
      int row, int label, float[] inner, float[] logits, float[] dInner, int counted, float keep) {
    int h = plan.inner();
    double max = Double.NEGATIVE_INFINITY;
    for (int l = 0; l < labels; l++) {
      max = Math.max(max, logits[row * labels + l]);
    }
    double sum = 0;
    for (int l = 0; l < labels; l++) {
      sum += Math.exp(logits[row * labels + l] - max);
    }
    for (int l = 0; l < labels; l++) {
      double p = Math.exp(logits[row * labels + l] - max) / sum;
      float d = (float) ((p - (l == label ? 1 : 0)) / counted);
      vb.gradient[l] += d;
      for (int k = 0; k < h; k++) {
        float value = inner[row * h + k];
        if (value > 0) {
          v.gradient[k * labels + l] += d * value;
          dInner[row * h + k] += d * v.values[k * labels + l] * keep;
        }
      }
    }
    return Math.log(sum) + max - logits[row * labels + label];
  }

  /** The gradient of the inner layer, handed to the three tokens that each sum came from. */
  private void spread(List<NerExample> batch, float[] dInner, float[] dz) {
    int h = plan.inner();
    int first = 0;
    for (NerExample example : batch) {
      int last = first + example.length() - 1;
      for (int row = first; row <= last; row++) {
        for (int k = 0; k < h; k++) {
          float d = dInner[row * h + k];
          if (d == 0) {
            continue;
          }
          b.gradient[k] += d;
          for (int part = 0; part < 3; part++) {
            int source = row + part - 1;
            if (source >= first && source <= last) {
              dz[source * 3 * h + part * h + k] += d;
              s.gradient[example.shapes()[source - first] * 3 * h + part * h + k] += d;
            }
          }
        }
      }
      first = last + 1;
    }
  }

  /** Logits of one example by the averaged weights, {@code [window length × labels]}. */
  float[] predict(NerExample example) {
    FloatBuffer x = features(List.of(example), example.length(), 0);
    float[] z = forward.of(x, example.length(), width, w.averagedDirect(), width);
    float[] inner = inner(List.of(example), example.length(), z, s.average, b.average);
    return logits(inner, v.average, vb.average);
  }

  /** The head by the averaged weights. */
  HeadGraph head(List<String> layers) {
    return new HeadGraph(
        layers,
        w.average.clone(),
        s.average.clone(),
        b.average.clone(),
        v.average.clone(),
        vb.average.clone());
  }

  private float[] inner(List<NerExample> batch, int rows, float[] z, float[] shapes, float[] bias) {
    int h = plan.inner();
    float[] inner = new float[rows * h];
    int first = 0;
    for (NerExample example : batch) {
      int last = first + example.length() - 1;
      for (int row = first; row <= last; row++) {
        for (int part = 0; part < 3; part++) {
          int source = row + part - 1;
          if (source >= first && source <= last) {
            int at = source * 3 * h + part * h;
            int shape = example.shapes()[source - first] * 3 * h + part * h;
            for (int k = 0; k < h; k++) {
              inner[row * h + k] += z[at + k] + shapes[shape + k];
            }
          }
        }
        for (int k = 0; k < h; k++) {
          inner[row * h + k] = Math.max(0, inner[row * h + k] + bias[k]);
        }
      }
      first = last + 1;
    }
    return inner;
  }

  private float[] logits(float[] inner, float[] outer, float[] bias) {
    int h = plan.inner();
    int rows = inner.length / h;
    float[] logits = new float[rows * labels];
    for (int row = 0; row < rows; row++) {
      System.arraycopy(bias, 0, logits, row * labels, labels);
      for (int k = 0; k < h; k++) {
        float value = inner[row * h + k];
        if (value != 0) {
          for (int l = 0; l < labels; l++) {
            logits[row * labels + l] += value * outer[k * labels + l];
          }
        }
      }
    }
    return logits;
  }

  private FloatBuffer features(List<NerExample> batch, int rows, double dropout) {
    FloatBuffer x = buffer(rows * width);
    if (dropout == 0) {
      batch.forEach(example -> x.put(example.features()));
      return x.flip();
    }
    float keep = (float) (1 / (1 - dropout));
    int bound = (int) (dropout * 65_536);
    float[] row = new float[width];
    for (NerExample example : batch) {
      for (int at = 0; at < example.features().length; at += width) {
        for (int i = 0; i < width; i += 4) {
          long bits = random.nextLong();
          for (int j = i; j < Math.min(i + 4, width); j++, bits >>>= 16) {
            row[j] = (bits & 0xffff) < bound ? 0 : example.features()[at + j] * keep;
          }
        }
        x.put(row);
      }
    }
    return x.flip();
  }

  private int[] shuffled(int size) {
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  private static FloatBuffer buffer(int floats) {
    return ByteBuffer.allocateDirect(4 * floats).order(ByteOrder.nativeOrder()).asFloatBuffer();
  }

  private static FloatBuffer direct(float[] values) {
    return buffer(values.length).put(values).flip();
  }

  @Override
  public void close() {
    forward.close();
    backward.close();
  }

  /** Numbers that are learnt, with the moments of AdamW and their moving average. */
  private static final class Weights {

    final float[] values;
    final float[] average;
    final float[] gradient;
    private final float[] first;
    private final float[] second;
    private FloatBuffer averagedDirect;

    Weights(int size, double deviation, SplittableRandom random) {
      values = new float[size];
      for (int i = 0; i < size && deviation > 0; i++) {
        values[i] = (float) ((random.nextDouble() * 2 - 1) * deviation * Math.sqrt(3));
      }
      average = values.clone();
      gradient = new float[size];
      first = new float[size];
      second = new float[size];
    }

    /** One step of AdamW (Loshchilov and Hutter 2019); clears the gradient. */
    void update(float[] g, double rate, double decay, int step) {
      float scale = (float) (rate / (1 - Math.pow(0.9, step)));
      float correction = (float) (1 / (1 - Math.pow(0.999, step)));
      float shrink = (float) (1 - rate * decay);
      float kept = (float) Math.min(AVERAGE, (1.0 + step) / (10.0 + step));
      for (int i = 0; i < values.length; i++) {
        first[i] = 0.9f * first[i] + 0.1f * g[i];
        second[i] = 0.999f * second[i] + 0.001f * g[i] * g[i];
        values[i] =
            values[i] * shrink
                - scale * first[i] / ((float) Math.sqrt(second[i] * correction) + 1e-8f);
        average[i] = kept * average[i] + (1 - kept) * values[i];
      }
      Arrays.fill(gradient, 0);
      averagedDirect = null;
    }

    FloatBuffer averagedDirect() {
      if (averagedDirect == null) {
        averagedDirect = direct(average);
      }
      return averagedDirect.duplicate();
    }
  }
}
