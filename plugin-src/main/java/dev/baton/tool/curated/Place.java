package dev.baton.tool.curated;

import java.nio.file.Path;

/**
 * Where something stands.
 *
 * @param line counted from 1; 0 where it is the file as a whole
 */
public record Place(Path file, long line) {

  /** File and line, as editors take them. */
  @Override
  public String toString() {
    return line == 0 ? file.toString() : file + ":" + line;
  }
}
