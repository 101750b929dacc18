package dev.baton.onnx;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The digests of model files that were read, so that a core that opens again need not read some
 * hundred megabytes to find that its models are loaded already. Not thread-safe.
 */
final class ModelDigests {

  private static final int KEPT = 100;

  private final Map<FileStamps, String> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<FileStamps, String> eldest) {
          return size() > KEPT;
        }
      };

  /** The digest of files that did not change since it was taken; empty where that is not sure. */
  Optional<String> of(Optional<FileStamps> stamps) {
    return stamps.map(known::get);
  }

  /**
   * The digest of files that were just read.
   *
   * @param stamps taken before the reading
   */
  String of(ModelFiles files, Optional<FileStamps> stamps) {
    String digest = files.digest();
    stamps.ifPresent(s -> known.put(s, digest));
    return digest;
  }
}
