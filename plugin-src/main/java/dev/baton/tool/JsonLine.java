package dev.baton.tool;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * One JSON object of a file that has one a line.
 *
 * @param file where it stands
 * @param number counted from 1
 * @param object what stands there
 */
record JsonLine(Path file, int number, ObjectNode object) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** File and line, as editors take them. */
  String place() {
    return file + ":" + number;
  }

  /**
   * The text under a name.
   *
   * @throws CollectionFormatException if there is none
   */
  String required(String name) {
    return optional(name)
        .orElseThrow(() -> new CollectionFormatException(this, "no \"" + name + "\""));
  }

  /** The text under a name; a number in its own notation. */
  Optional<String> optional(String name) {
    JsonNode value = object.get(name);
    return value == null || value.isNull() ? Optional.empty() : Optional.of(value.asText());
  }

  /** The objects of a file, one at a time; to be closed. Blank lines are passed over. */
  static Reader read(Path file) throws IOException {
    return new Reader(file);
  }

  /** How many objects a file has; 0 if there is no file. */
  static int count(Path file) throws IOException {
    if (!Files.exists(file)) {
      return 0;
    }
    int count = 0;
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        count += line.isBlank() ? 0 : 1;
      }
    } catch (MalformedInputException e) {
      throw new CollectionFormatException(file + " is not UTF-8");
    }
    return count;
  }

  /** Goes through a file. Not thread-safe. */
  static final class Reader implements Iterator<JsonLine>, Iterable<JsonLine>, AutoCloseable {

    private final Path file;
    private final BufferedReader lines;
    private int number;
    private String next;

    private Reader(Path file) throws IOException {
      this.file = file;
      this.lines = Files.newBufferedReader(file);
    }

    @Override
    public boolean hasNext() {
      try {
        while (next == null || next.isBlank()) {
          next = lines.readLine();
          if (next == null) {
            return false;
          }
          number++;
        }
        return true;
      } catch (MalformedInputException e) {
        throw new CollectionFormatException(file + ":" + (number + 1) + ": not UTF-8");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public JsonLine next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      String text = next;
      next = null;
      try {
        if (JSON.readTree(text) instanceof ObjectNode object) {
          return new JsonLine(file, number, object);
        }
        throw new CollectionFormatException(file + ":" + number + ": not a JSON object");
      } catch (JsonProcessingException e) {
        throw new CollectionFormatException(
            file + ":" + number + ": not JSON: " + e.getOriginalMessage());
      }
    }

    @Override
    public Iterator<JsonLine> iterator() {
      return this;
    }

    @Override
    public void close() throws IOException {
      lines.close();
    }
  }
}
