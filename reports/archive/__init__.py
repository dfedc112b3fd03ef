"""The archive package: everything decided in a period in one ZIP, readable without the portal (docs/adr/0026)."""

from reports.archive.package import archive_file_name, stream_archive, write_archive

__all__ = ["archive_file_name", "stream_archive", "write_archive"]
