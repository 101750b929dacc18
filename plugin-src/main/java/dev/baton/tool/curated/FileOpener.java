package dev.baton.tool.curated;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** Opens a file to be read from its start, so that somebody may count what was read. */
public interface FileOpener {

  InputStream open(Path file) throws IOException;
}
