package dev.wayleave.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Files on a disk that fails as systems let it: a force that fails lets go of what was written since the last one, and the next
 * one says that all is well.
 */
final class LosingFiles implements AppendedFile.Opening {
    private final AtomicInteger good = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();

    /** So many forces succeed, and so many after them do not. */
    void fail(int after, int times) {
        good.set(after);
        failures.set(times);
    }

    private boolean fails() {
        return good.getAndDecrement() <= 0 && failures.getAndDecrement() > 0;
    }

    @Override
    public FileChannel of(Path file) throws IOException {
        FileChannel channel = AppendedFile.Opening.usual(file);
        return new LosingChannel(channel, channel.size());
    }

    private final class LosingChannel extends FileChannel {
        private final FileChannel channel;
        private long dirty;

        LosingChannel(FileChannel channel, long size) {
            this.channel = channel;
            this.dirty = size;
        }

        @Override
        public void force(boolean metaData) throws IOException {
            if (fails()) {
                long size = channel.size();
                if (dirty < size) {
                    channel.write(ByteBuffer.allocate((int) (size - dirty)), dirty);
                }
                dirty = Long.MAX_VALUE;
                throw new IOException("Input/output error");
            }
            channel.force(metaData);
            dirty = Long.MAX_VALUE;
        }

        @Override
        public int write(ByteBuffer src, long position) throws IOException {
            dirty = Math.min(dirty, position);
            return channel.write(src, position);
        }

        @Override
        public int read(ByteBuffer dst, long position) throws IOException {
            return channel.read(dst, position);
        }

        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public FileChannel truncate(long size) throws IOException {
            channel.truncate(size);
            return this;
        }

        @Override
        public FileLock tryLock(long position, long size, boolean shared) throws IOException {
            return channel.tryLock(position, size, shared);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            channel.close();
        }

        @Override
        public int read(ByteBuffer dst) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long read(ByteBuffer[] dsts, int offset, int length) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int write(ByteBuffer src) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long write(ByteBuffer[] srcs, int offset, int length) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long position() {
            throw new UnsupportedOperationException();
        }

        @Override
        public FileChannel position(long newPosition) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long transferTo(long position, long count, WritableByteChannel target) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long transferFrom(ReadableByteChannel src, long position, long count) {
            throw new UnsupportedOperationException();
        }

        @Override
        public MappedByteBuffer map(MapMode mode, long position, long size) {
            throw new UnsupportedOperationException();
        }

        @Override
        public FileLock lock(long position, long size, boolean shared) {
            throw new UnsupportedOperationException();
        }
    }
}
