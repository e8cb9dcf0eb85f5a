package io.quorate.node;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Why a file or a directory could not be used, in words for an operator. */
final class FileFailure {

  private FileFailure() {}

  /** One line, without the name of an exception where there are words for it. */
  static String inWords(IOException failure) {
    if (!(failure instanceof FileSystemException of)) {
      String message = failure.getMessage();
      return message == null || message.isBlank() ? failure.toString() : message;
    }
    String reason = of.getReason();
    if (of instanceof AccessDeniedException) {
      return "no permission for " + of.getFile();
    } else if (of instanceof FileAlreadyExistsException) {
      return of.getFile() + " is no directory";
    } else if (of instanceof NoSuchFileException) {
      return "no such file or directory: " + of.getFile();
    }
    return of.getFile() + ": " + (reason == null ? failure.toString() : reason);
  }
}
