"""Pictures of every kind: what Pillow knows becomes upright RGB; what it does not is told in one sentence."""

import os

import numpy as np
import pytest
from PIL import Image

from citegrid.core.errors import InputError
from citegrid.engines.picture import load_picture
from citegrid.vision import as_array

RED = (200, 30, 30)


def saved(tmp_path, image, name="a.png", **options):
    path = tmp_path / name
    image.save(path, **options)
    return as_array(load_picture(path))


@pytest.mark.parametrize("mode", ["RGB", "L", "1", "P", "LA", "RGBA", "CMYK", "YCbCr"])
def test_every_mode_becomes_rgb(tmp_path, mode):
    image = Image.new("RGB", (8, 6), "white").convert(mode)
    got = saved(tmp_path, image, "a.tif" if mode in ("CMYK", "YCbCr") else "a.png")
    assert got.shape == (6, 8, 3)
    assert (got > 240).all()


def test_what_is_transparent_lies_on_white(tmp_path):
    image = Image.new("RGBA", (4, 4), (0, 0, 0, 0))
    assert (saved(tmp_path, image) == 255).all()


def test_sixteen_bit_grey_keeps_its_tones(tmp_path):
    values = np.array([[0, 32768, 65535]], np.uint16)
    assert saved(tmp_path, Image.fromarray(values))[0, :, 0].tolist() == [0, 127, 255]


def test_the_first_picture_of_an_animation(tmp_path):
    frames = [Image.new("RGB", (4, 4), RED), Image.new("RGB", (4, 4), "blue")]
    got = saved(tmp_path, frames[0], "a.gif", save_all=True, append_images=frames[1:])
    assert got[0, 0, 0] > 150 > got[0, 0, 2]


def test_a_photo_is_turned_as_its_camera_says(tmp_path):
    image = Image.new("RGB", (6, 4), "white")
    exif = image.getexif()
    exif[0x0112] = 6
    assert saved(tmp_path, image, "a.jpg", exif=exif).shape == (6, 4, 3)


def test_one_pixel_and_a_long_strip(tmp_path):
    assert saved(tmp_path, Image.new("RGB", (1, 1), RED)).shape == (1, 1, 3)
    assert saved(tmp_path, Image.new("RGB", (20000, 3), RED)).shape[1] == 8000


def test_too_many_pixels_are_refused_before_they_are_decoded(tmp_path):
    path = tmp_path / "huge.png"
    Image.new("1", (12000, 12000)).save(path)
    with pytest.raises(InputError, match=r"huge\.png.*megapixels"):
        load_picture(path)


@pytest.mark.parametrize(
    "content", [b"", b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic", b"GIF89a", b"BM", b"%PDF-1.7"]
)
def test_what_is_no_picture_is_told_in_one_sentence(tmp_path, content):
    path = tmp_path / "photo.heic"
    path.write_bytes(content)
    with pytest.raises(InputError, match=r"photo\.heic") as told:
        load_picture(path)
    assert told.value.hint


def test_a_phone_s_own_format_is_named(tmp_path):
    path = tmp_path / "photo.heic"
    path.write_bytes(b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic")
    with pytest.raises(InputError) as told:
        load_picture(path)
    assert "HEIC" in str(told.value)
    assert "JPEG" in told.value.hint


@pytest.mark.skipif(os.name != "posix", reason="the stand-in for Ghostscript is a shell script")
def test_a_postscript_file_named_as_a_picture_runs_nothing(tmp_path, monkeypatch):
    """Pillow would start Ghostscript for it, which runs the program that the file is."""
    ran = tmp_path / "ran"
    ghostscript = tmp_path / "bin" / "gs"
    ghostscript.parent.mkdir()
    ghostscript.write_text(f"#!/bin/sh\ntouch '{ran}'\n")
    ghostscript.chmod(0o755)
    monkeypatch.setenv("PATH", str(ghostscript.parent), prepend=os.pathsep)
    monkeypatch.setattr("PIL.EpsImagePlugin.gs_binary", None)  # looked for once in each process
    path = tmp_path / "table.png"
    path.write_text("%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 90 90\n%%EndComments\n%%EOF\n")
    with pytest.raises(InputError, match=r"table\.png.*is not a picture"):
        load_picture(path)
    assert not ran.exists()
