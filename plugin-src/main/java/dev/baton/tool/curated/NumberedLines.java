package dev.baton.tool.curated;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The lines of a file in UTF-8, whatever ends them (LF or CRLF), without a byte order mark. Unlike
 * a reader, it goes on behind a line that is not UTF-8. Not thread-safe.
 */
final class NumberedLines implements AutoCloseable {

  /** Longest line, in bytes. */
  static final int MAX_BYTES = 16 << 20;

  private static final String MARK = "\uFEFF";

  private final Path file;
  private final InputStream in;
  private long number;

  /**
   * A line.
   *
   * @param text empty if there is a fault
   * @param fault why it cannot be read; null if it can
   */
  record Line(Place place, String text, String fault) {}

  NumberedLines(Path file, FileOpener opener) throws IOException {
    this.file = file;
    this.in = new BufferedInputStream(opener.open(file), 1 << 16);
  }

  /** The next line, null behind the last. */
  Line next() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
    int b = in.read();
    if (b < 0) {
      return null;
    }
    number++;
    boolean tooLong = false;
    for (; b >= 0 && b != '\n'; b = in.read()) {
      if (bytes.size() < MAX_BYTES) {
        bytes.write(b);
      } else {
        tooLong = true;
      }
    }
    Place place = new Place(file, number);
    return tooLong
        ? new Line(place, "", "longer than " + MAX_BYTES + " bytes")
        : decoded(place, bytes.toByteArray());
  }

  private Line decoded(Place place, byte[] bytes) {
    int length =
        bytes.length > 0 && bytes[bytes.length - 1] == '\r' ? bytes.length - 1 : bytes.length;
    try {
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length)).toString();
      return new Line(place, number == 1 && text.startsWith(MARK) ? text.substring(1) : text, null);
    } catch (CharacterCodingException e) {
      return new Line(place, "", "not UTF-8");
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
