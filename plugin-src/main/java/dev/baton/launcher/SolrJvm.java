package dev.baton.launcher;

import java.util.ArrayList;
import java.util.List;

/**
 * The options that a JVM should run Solr with. The scripts ask for them by {@link #main} on the JVM
 * that they found; the process class of the commands by {@link #options}.
 */
public final class SolrJvm {

  /** The first release whose Vector API the installed Lucene can use when told so. */
  private static final int FIRST_WITH_VECTORS = 21;

  /** The last release that Lucene 9.12 allows the Vector API on by itself. */
  private static final int LAST_ALLOWED_BY_LUCENE = 24;

  private SolrJvm() {}

  /**
   * Options for this JVM's release: Lucene's SIMD where the release has it (several times faster
   * vector search), no network calls from the tokenizers, an end rather than a half-dead node when
   * memory runs out.
   */
  public static List<String> options() {
    int release = Runtime.version().feature();
    List<String> options = new ArrayList<>();
    if (hasSimd(release)) {
      options.add("--add-modules=jdk.incubator.vector");
    }
    if (release > LAST_ALLOWED_BY_LUCENE) {
      options.add("-Dorg.apache.lucene.vectorization.upperJavaFeatureVersion=" + release);
    }
    if (release > LAST_ALLOWED_BY_LUCENE - 1) {
      options.add("--enable-native-access=ALL-UNNAMED");
    }
    options.add("-Dai.djl.offline=true");
    options.add("-XX:+ExitOnOutOfMemoryError");
    return List.copyOf(options);
  }

  /** Whether Lucene computes with SIMD on a release of Java. */
  static boolean hasSimd(int release) {
    return release >= FIRST_WITH_VECTORS;
  }

  /** Prints a line about the JVM, then its options, one a line. */
  public static void main(String[] arguments) {
    int release = Runtime.version().feature();
    System.out.println(
        "Java %s (%s), SIMD for vector search %s"
            .formatted(
                Runtime.version(),
                System.getProperty("java.home"),
                hasSimd(release) ? "on" : "off: wants Java " + FIRST_WITH_VECTORS + " or newer"));
    options().forEach(System.out::println);
  }
}
